"""How every page looks and behaves: tables, forms, grids, charts, the object page, navigation.

Apps import from the modules: `pages.table`, `pages.objects`, `pages.forms`, `pages.grid`, `pages.confirm`,
`pages.charts`, `pages.desk`, `pages.looks`, `pages.nav`, `pages.values`.
"""
