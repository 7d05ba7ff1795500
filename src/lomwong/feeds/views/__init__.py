"""What programs of others read, and the page where one makes addresses for them."""
