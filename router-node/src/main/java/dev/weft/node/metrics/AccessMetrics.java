package dev.weft.node.metrics;

import dev.weft.auth.AuthCounters;
import dev.weft.auth.AuthStep;
import dev.weft.authorization.Action;
import dev.weft.authorization.AuthorizationCounters;
import dev.weft.config.AuthMethod;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import dev.weft.session.SharedRates;
import java.util.Locale;

/** Who was let in, and what was allowed. */
public record AccessMetrics(AuthCounters authentication, AuthorizationCounters authorization, SharedRates rates)
        implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        for (AuthMethod method : AuthMethod.values()) {
            into.add(MetricCatalog.AUTHENTICATIONS_TOTAL, authentication.granted(method), method.label());
        }
        for (AuthStep.Reason reason : AuthStep.Reason.values()) {
            into.add(MetricCatalog.AUTHENTICATIONS_REFUSED_TOTAL, authentication.refused(reason), label(reason));
        }
        into.add(MetricCatalog.COOKIES_BOUND_TOTAL, authentication.cookiesBound(), "bound");
        into.add(MetricCatalog.COOKIES_BOUND_TOTAL, authentication.cookiesNotBound(), "not-bound");
        into.add(MetricCatalog.COOKIE_LOGOUTS_TOTAL, authentication.logouts());
        for (SharedRates.Of of : SharedRates.Of.values()) {
            into.add(MetricCatalog.SESSIONS_PACED_TOTAL, rates.paced(of), label(of));
        }
        for (Action action : Action.values()) {
            into.add(MetricCatalog.REQUESTS_DENIED_TOTAL, authorization.requestsDenied(action), label(action));
        }
        into.add(MetricCatalog.AUTHORIZER_FAILURES_TOTAL, authorization.authorizerFailures());
        into.add(MetricCatalog.REVOKED_BY_RULES_TOTAL, authorization.revocations());
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
