"""What one knows: drafted, accepted, renamed, hidden, declared; and how one wants to be asked."""
