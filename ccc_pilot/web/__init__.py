"""What every page needs and no feature owns: forms base, filters, headers, error pages, the pages about the service itself."""
