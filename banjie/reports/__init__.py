"""Papers: prose with figures in it, each number open, written to Word, frozen when it goes out; none is typed."""
