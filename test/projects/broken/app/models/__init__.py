from app.models.base import Base
from app.models.invoice import Invoice
from app.models.lost_import import Reminder
from app.models.syntax_error import Payment
from app.models.twice import InvoiceLine
from app.models.twice_again import Line
from app.models.unknown_type import Ledger

__all__ = ["Base", "Invoice", "InvoiceLine", "Ledger", "Line", "Payment", "Reminder"]
