"""导出: every list as a workbook of exactly what is filtered, in the version for data and the one for superiors."""
