package dev.weft.load.conformance.feature;

import dev.weft.load.client.Endpoint;
import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Language;
import dev.weft.load.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Where a check is played: which client connects where, in which language. Closes all clients at the end. */
public final class Stage implements AutoCloseable {
    private final String realm;
    private final List<Endpoint> places;
    private final Language language;
    private final String prefix;
    private final List<Client> clients = new ArrayList<>();

    /** @param places of the first, second and third client; further ones begin again with the first */
    public Stage(String realm, List<Endpoint> places, Language language, Random random) {
        this.realm = realm;
        this.places = List.copyOf(places);
        this.language = language;
        this.prefix = "com.example.conformance.x" + HexFormat.of().toHexDigits(random.nextLong());
    }

    public String realm() {
        return realm;
    }

    public Language language() {
        return language;
    }

    /** A URI that no other check uses. */
    public String uri(String last) {
        return prefix + "." + last;
    }

    /** The client that asks: publisher or caller. */
    public Client asking() throws Unmet {
        return join(0);
    }

    /** The client that is asked: subscriber or callee. */
    public Client asked() throws Unmet {
        return join(1);
    }

    public Client third() throws Unmet {
        return join(2);
    }

    private Client join(int actor) throws Unmet {
        return join(actor, language);
    }

    /** As {@link #asked}, with another serializer. */
    public Client asked(Language other) throws Unmet {
        return join(1, other);
    }

    private Client join(int actor, Language spoken) throws Unmet {
        return connect(actor, spoken).join(realm);
    }

    /** Connects where the asking client does, and says nothing. */
    public Client silent() throws Unmet {
        return connect(0, language);
    }

    private Client connect(int actor, Language spoken) throws Unmet {
        Client client = Client.connect(places.get(actor % places.size()), spoken);
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
    }
}
