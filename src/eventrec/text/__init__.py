"""Reading what people write: names, dates, times, phones, e-mails, places, in English and Chinese."""
