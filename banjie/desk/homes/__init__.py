"""房屋和户 on the desk: houses of a village or grid, who lives in one, moving in and out, households."""
