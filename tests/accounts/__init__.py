"""Staff: roles, sign-in, invitations, people in the admin."""
