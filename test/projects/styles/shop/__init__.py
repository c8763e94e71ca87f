"""A package whose files need each other."""

from .base import Base, metadata
from .customer import *
from .order import Order, OrderLine
from . import product as product_module

Product = product_module.Product
