import enum

__all__ = ["OrderState", "Currency"]


class OrderState(enum.Enum):
    OPEN = "open"
    PAID = "paid"
    SENT = "sent"


class Currency(str, enum.Enum):
    EUR = "EUR"
    CHF = "CHF"
