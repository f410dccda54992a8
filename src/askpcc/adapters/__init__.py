"""What the flows talk to: files, models, stores.  No adapter imports another."""
