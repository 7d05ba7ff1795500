"""The whole house put together: settings, addresses, home page, command line. Only this folder knows every feature."""
