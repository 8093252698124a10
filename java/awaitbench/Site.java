package awaitbench;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server to ping.
 *
 * @param name how the job writes it: HOST:PORT, or HOST for port 80
 * @param address unresolved where it has a name, which is looked up in each ping: that is part of its time
 */
record Site(String name, InetSocketAddress address) {
    private static final Pattern NAME = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\[\\]]+))(?::([0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    /** Reads HOST:PORT, or HOST; an IPv6 address stands in brackets. */
    static Site parse(Object name) {
        if (name instanceof String text && NAME.matcher(text) instanceof Matcher parts && parts.matches()) {
            String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
            int port = parts.group(3) != null ? Integer.parseInt(parts.group(3)) : 80;
            if (port <= 65535) {
                boolean isAddress = parts.group(1) != null || IPV4.matcher(host).matches();
                return new Site(
                        text,
                        isAddress ? new InetSocketAddress(host, port) : InetSocketAddress.createUnresolved(host, port));
            }
        }
        throw new BadJob("A site is written HOST:PORT or HOST, not '" + name + "'.");
    }

    /** Where to connect to; still unresolved where the name is not found. */
    InetSocketAddress lookUp() {
        return address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    }
}
