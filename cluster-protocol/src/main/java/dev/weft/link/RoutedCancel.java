package dev.weft.link;

import dev.weft.wamp.CancelMode;

/**
 * The caller gave up a call, or left: the callee is to be interrupted if it can be.
 *
 * @param mode {@code KILL}: the callee's answer is still wanted; otherwise it is not
 * @param reason the error URI that the caller got, or would have got
 */
public record RoutedCancel(String realm, int loop, long call, CancelMode mode, String reason) implements RoutedMessage {
    @Override
    public RoutedCancel keep() {
        return this;
    }
}
