package dev.weft.dealer;

import dev.weft.directory.TableDirectory.CalleeClaim;

/** A registration that a callee was answered REGISTERED for. */
record HeldRegistration(long id, CalleeClaim claim) {}
