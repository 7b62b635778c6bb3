"""Stock WAMP clients against a cluster: every scenario goes through two different nodes."""
