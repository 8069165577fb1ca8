// Verifies chains at a time, names aside: reads lines "folder host instant", writes "folder ok" or "folder no words".
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

class Verify {
    static List<X509Certificate> read(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) each);
            }
        }
        return found;
    }

    static void verify(Path folder, Instant when) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate root : read(folder.resolve("roots"))) {
            store.setCertificateEntry("root " + store.size(), root);
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(when));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        List<X509Certificate> chain = read(folder.resolve("leaf"));
        chain.addAll(read(folder.resolve("more")));
        ((X509TrustManager) factory.getTrustManagers()[0])
            .checkServerTrusted(chain.toArray(new X509Certificate[0]), "ECDHE_ECDSA");
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split(" ");
            String answer = "ok";
            try {
                verify(Path.of(parts[0]), Instant.parse(parts[2]));
            } catch (GeneralSecurityException | IOException | RuntimeException error) {
                answer = "no " + String.valueOf(error).replace('\n', ' ');
            }
            System.out.println(parts[0] + " " + answer);
        }
    }
}
