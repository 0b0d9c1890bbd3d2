"""The face of the office: every page and route that staff use at their desks."""
