"""mentorwalk leads two people through a first mentoring session."""
