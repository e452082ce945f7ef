package io.websip.simulation;

import io.websip.Binding;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.transport.fake.sip.ContactRewriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A registrar that lists each Contact in a way of its own, with other people's and garbage beside it. While the world is
 * hostile it may leave out all that it has bound.
 */
final class RewritingRegistrar implements ContactRewriter {
    /** Two Contacts of other people. */
    static final String OTHERS =
            "<sip:x4@203.0.113.4:40001;transport=ws>;expires=7777, <sip:alice@203.0.113.5>;expires=7777";

    private static final String OTHERS_NETWORK = "203.0.113.";
    private static final long OTHERS_SECONDS = 7_777;
    private static final List<String> GARBAGE =
            List.of("<<garbage>>", ": :", "\"open <sip:x@203.0.113.6>;expires=7777", "<sip:@>;;", "x y z", "<sip:x4@");

    private static final String EXPIRES = ";expires=";
    private static final int MOST_TOO_LONG = 1_200;

    /** For how long a 2xx says that a binding is; not an honest one where the registrar gives another time. */
    record Listed(long seconds, boolean honest) {}

    /** What becomes of {@code <sip:USER@HOST;transport=ws>;+sip.instance="ID";reg-id=1;expires=N}. */
    private enum Style {
        AS_BOUND {
            @Override
            String of(String user, String uri, String parameters) {
                return "<" + uri + ">" + parameters;
            }
        },
        PUBLIC_ADDRESS {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:" + user + "@" + address(user) + ";transport=ws>" + parameters;
            }
        },
        USER_AND_EXPIRES_ALONE {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:" + user + "@" + address(user) + ">" + parameters.substring(parameters.lastIndexOf(';'));
            }
        },
        UPPER_CASE {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:" + user.toUpperCase(Locale.ROOT) + "@" + address(user) + ">"
                        + parameters.substring(parameters.lastIndexOf(';'));
            }
        },
        SECURE {
            @Override
            String of(String user, String uri, String parameters) {
                return "<" + uri.replace("sip:", "sips:").replace("transport=ws", "transport=wss") + ">" + parameters;
            }
        },
        ANOTHER_USER {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:alice@" + address(user) + ">" + parameters;
            }
        },
        TENANT {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:tenant7-" + user + "@" + address(user) + ">"
                        + parameters.substring(parameters.lastIndexOf(';'));
            }
        },
        USER_IN_A_PARAMETER {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:alice@" + address(user) + ";orig=" + user + ">"
                        + parameters.substring(parameters.lastIndexOf(';'));
            }
        },
        UNQUOTED_INSTANCE {
            @Override
            String of(String user, String uri, String parameters) {
                return "<sip:alice@" + address(user) + ">" + parameters.replace("\"", "");
            }
        },
        MALFORMED {
            @Override
            String of(String user, String uri, String parameters) {
                return "Alice (home) <" + uri + ";;x=\"y\">" + parameters;
            }
        };

        abstract String of(String user, String uri, String parameters);

        private static String address(String user) {
            return "198.51.100.7:" + (40_000 + Math.floorMod(user.hashCode(), 20_000));
        }

        String of(String contact) {
            int end = contact.indexOf('>');
            String uri = contact.substring(1, end);
            return of(uri.substring(uri.indexOf(':') + 1, uri.indexOf('@')), uri, contact.substring(end + 1));
        }
    }

    private final World world;
    private final Random random;
    private final Map<String, Listed> grants;
    private final Style style;

    /** @param grants takes the seconds that are granted to a REGISTER, by its branch */
    RewritingRegistrar(World world, Random random, Map<String, Listed> grants) {
        this.world = world;
        this.random = random;
        this.grants = grants;
        this.style = Style.values()[random.nextInt(Style.values().length)];
    }

    /** Whether an agent has taken for its own what this has listed of others. */
    static boolean isOfOthers(Binding binding) {
        return binding.contact().toString().contains(OTHERS_NETWORK)
                || binding.expires().toSeconds() == OTHERS_SECONDS;
    }

    @Override
    public List<String> rewrite(SipRequest register, List<String> contacts) {
        note(register, contacts);
        if (world.hostile() && random.nextInt(10) == 0) {
            grants.remove(register.topBranch().orElse(""));
            return List.of(OTHERS);
        }
        if (world.hostile() && random.nextInt(20) == 0) {
            note(register, asked(register));
            return List.of();
        }
        @Nullable String time = world.hostile() && random.nextInt(10) == 0 ? otherTime(register, contacts) : null;
        List<String> listed = new ArrayList<>();
        for (String contact : contacts) {
            String changed = style.of(contact);
            if (time != null && isOf(register, contact)) {
                changed = changed.substring(0, changed.lastIndexOf(EXPIRES)) + time;
            }
            listed.add(random.nextInt(3) == 0 ? OTHERS + ", " + changed : changed);
        }
        if (random.nextInt(3) == 0) {
            listed.add(random.nextInt(listed.size() + 1), OTHERS);
        }
        if (random.nextInt(3) == 0) {
            listed.add(random.nextInt(listed.size() + 1), GARBAGE.get(random.nextInt(GARBAGE.size())));
        }
        return listed;
    }

    /** Shorter or longer than it is bound, for no time at all, or without a word of it, which means what was asked. */
    private String otherTime(SipRequest register, List<String> contacts) {
        long bound = contacts.stream()
                .filter(contact -> isOf(register, contact))
                .mapToLong(RewritingRegistrar::seconds)
                .findFirst()
                .orElse(0);
        long listed = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> bound / 2;
            case 2 -> bound + random.nextInt(MOST_TOO_LONG);
            default -> -1;
        };
        note(register, listed < 0 ? asked(register) : listed);
        return listed < 0 ? "" : EXPIRES + listed;
    }

    private static long asked(SipRequest register) {
        return register.headers().seconds("Expires").orElse(0);
    }

    private void note(SipRequest register, long listed) {
        String branch = register.topBranch().orElse("");
        if (grants.remove(branch) != null && listed > 0) {
            grants.put(branch, new Listed(listed, false));
        }
    }

    private void note(SipRequest register, List<String> contacts) {
        contacts.stream()
                .filter(contact -> isOf(register, contact))
                .mapToLong(RewritingRegistrar::seconds)
                .forEach(seconds -> grants.put(register.topBranch().orElse(""), new Listed(seconds, true)));
    }

    private static boolean isOf(SipRequest register, String contact) {
        String user = register.contacts().stream()
                .flatMap(own -> own.uri() instanceof SipUri uri ? uri.user().stream() : null)
                .findFirst()
                .orElse("nobody");
        return contact.contains(":" + user + "@");
    }

    private static long seconds(String contact) {
        return Long.parseLong(contact.substring(contact.lastIndexOf('=') + 1));
    }

    @Override
    public String toString() {
        return "Contacts " + style;
    }
}
