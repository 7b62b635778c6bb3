package dev.weft.auth;

import dev.weft.auth.credential.TicketCredential;
import dev.weft.config.AuthMethod;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The client sends a ticket that the router knows ("Ticket-based Authentication"). */
final class TicketAuth implements Authenticator {
    private final PrincipalSource principals;
    private final AuthWorkers workers;
    private final boolean plaintext;

    /** @param plaintext whether tickets may come over connections from other machines that are not encrypted */
    TicketAuth(PrincipalSource principals, AuthWorkers workers, boolean plaintext) {
        this.principals = principals;
        this.workers = workers;
        this.plaintext = plaintext;
    }

    @Override
    public AuthMethod method() {
        return AuthMethod.TICKET;
    }

    @Override
    public boolean isPossible(AuthRequest request) {
        boolean safe = plaintext || request.peer().encrypted() || request.peer().local();
        return safe && principals.mayUse(method(), request.authid(), principal -> principal.ticket() != null);
    }

    @Override
    public CompletionStage<AuthStep> begin(AuthRequest request) {
        DynamicPrincipals authenticator = principals.decider(AuthMethod.TICKET);
        if (authenticator != null) {
            return Authenticator.now(new AuthStep.Challenged(
                    AuthMethod.TICKET, Map.of(), (ticket, extra) -> ask(authenticator, request, ticket)));
        }
        Principal principal = principals.files().find(String.valueOf(request.authid()));
        return Authenticator.now(
                new AuthStep.Challenged(AuthMethod.TICKET, Map.of(), (ticket, extra) -> check(principal, ticket)));
    }

    private CompletionStage<AuthStep> ask(DynamicPrincipals authenticator, AuthRequest request, String ticket) {
        return authenticator
                .check(request, ticket)
                .thenApply(principal -> principal.real()
                        ? principals.grant(principal, AuthMethod.TICKET, Map.of())
                        : AuthStep.Refused.DENIED);
    }

    private CompletionStage<AuthStep> check(Principal principal, String ticket) {
        TicketCredential expected = principal.ticket();
        if (expected == null) {
            return Authenticator.now(AuthStep.Refused.DENIED);
        }
        return expected.isCostly()
                ? workers.run(() -> outcome(principal, expected, ticket))
                : Authenticator.now(outcome(principal, expected, ticket));
    }

    private AuthStep outcome(Principal principal, TicketCredential expected, String ticket) {
        boolean proved = expected.isProvedBy(ticket) & principal.real();
        return proved ? principals.grant(principal, AuthMethod.TICKET, Map.of()) : AuthStep.Refused.DENIED;
    }
}
