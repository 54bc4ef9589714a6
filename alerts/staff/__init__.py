"""Staff notices: what colleagues are told of what happened at the desk."""
