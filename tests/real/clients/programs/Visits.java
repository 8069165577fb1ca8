import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Reads a visit a line (url, file of roots, patience in ms, parted by tabs), goes to each with HttpsURLConnection,
 * writes a JSON line for each. Names are looked up in the file of jdk.net.hosts.file, so nothing leaves this machine.
 */
class Visits {
    private static final Map<String, SSLContext> CONTEXTS = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(go(line.split("\t", -1)));
        }
    }

    private static String go(String[] visit) {
        try {
            HttpsURLConnection connection = (HttpsURLConnection) new URI(visit[0]).toURL().openConnection();
            connection.setSSLSocketFactory(context(visit[1]).getSocketFactory());
            connection.setConnectTimeout(Integer.parseInt(visit[2]));
            connection.setReadTimeout(Integer.parseInt(visit[2]));
            connection.setInstanceFollowRedirects(false);
            connection.connect();
            return answer("accepts", response(connection));
        } catch (Exception error) {
            return answer("rejects", chain(error));
        }
    }

    /** What breaks after a good handshake says nothing on the certificate, unless TLS itself complains. */
    private static String response(HttpsURLConnection connection) throws SSLException {
        try {
            return "" + connection.getResponseCode();
        } catch (SSLException error) {
            throw error;
        } catch (Exception error) {
            return chain(error);
        } finally {
            connection.disconnect();
        }
    }

    private static String chain(Throwable error) {
        StringBuilder words = new StringBuilder(error.toString());
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            words.append(" | Caused by: ").append(cause);
        }
        return words.toString();
    }

    private static String answer(String action, String words) {
        StringBuilder text = new StringBuilder("{\"action\": \"" + action + "\", \"words\": \"");
        words.codePoints().forEach(letter -> text.append(
                letter < ' ' || letter > '~' ? " " : letter == '"' || letter == '\\' ? "\\" + (char) letter : "" + (char) letter));
        return text.append("\"}").toString();
    }

    private static SSLContext context(String file) throws Exception {
        SSLContext known = CONTEXTS.get(file);
        if (known != null) {
            return known;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        try (FileInputStream stream = new FileInputStream(file)) {
            for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                store.setCertificateEntry("root-" + count++, root);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        CONTEXTS.put(file, context);
        return context;
    }
}
