"""今日一张纸: a leader's day on one side of paper."""
