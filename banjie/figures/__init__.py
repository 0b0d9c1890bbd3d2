"""数据指标: one catalogue of figures over the facts that rooms declare; each figure counted, compared and opened.

It owns the catalogue, its checked expressions, the scans and the rules of comparison. It keeps no number and no
counter, and it knows no case: facts come to it by registration.
"""
