"""Files for office programs: thin over the libraries that write them, which are imported only when a file is made."""
