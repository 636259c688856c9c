"""The municipality's own districts: where work was done."""
