"""数据指标的页面: the catalogue for a period, one figure by month or group, and the records behind each number."""
