package dev.weft.load.conformance;

import dev.weft.load.conformance.Verdict.Outcome;
import dev.weft.load.conformance.feature.Check;
import dev.weft.load.conformance.feature.Feature;
import dev.weft.load.conformance.feature.Stage;
import dev.weft.load.conformance.wire.Client;
import dev.weft.load.conformance.wire.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Plays checks against a router, one after the other, so that each sees only its own clients come and go. */
final class Trial {
    private final String realm;
    private final Random random = new Random();

    Trial(String realm) {
        this.realm = realm;
    }

    List<Verdict> run(List<Feature> features, List<Column> columns, Consumer<Column> begun) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Column column : columns) {
            begun.accept(column);
            for (Feature feature : features) {
                play(feature, column, verdicts);
            }
        }
        return verdicts;
    }

    private void play(Feature feature, Column column, List<Verdict> verdicts) {
        boolean announced = isAnnounced(feature, column);
        for (Check check : feature.checks()) {
            String fault = announced ? fault(check, column) : "";
            Outcome outcome = fault.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
            verdicts.add(new Verdict(feature, check, column, announced ? outcome : Outcome.NOT_ANNOUNCED, fault));
        }
    }

    /** A router that cannot be asked is taken to announce everything: then each check says what is wrong. */
    private boolean isAnnounced(Feature feature, Column column) {
        Feature.Announcement announcement = feature.announcement();
        if (announcement == null) {
            return true;
        }
        try (Client client = Client.connect(column.places().get(0), column.language())) {
            return client.join(realm).isAnnounced(announcement.role(), announcement.flag());
        } catch (Unmet unanswered) {
            return true;
        }
    }

    private String fault(Check check, Column column) {
        try (Stage stage = new Stage(realm, column.places(), column.language(), random)) {
            check.script().play(stage);
            return "";
        } catch (Unmet unmet) {
            return String.valueOf(unmet.getMessage());
        } catch (RuntimeException unreadable) {
            return "what the router sent cannot be read: " + unreadable;
        }
    }
}
