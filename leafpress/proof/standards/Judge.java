import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Judges PDFs with veraPDF's engine, in one process for a whole run.
 *
 * Reads lines "FLAVOUR TAB FILE" and answers each with lines: "PASS" or "FAIL", then for a failure
 * one "rule TAB count TAB message" a broken rule, or "ERROR TAB message"; an empty line ends it.
 */
public class Judge {
  private static final Map<String, String> PROFILES = Map.of(
      "ua1", "PDFUA-1", "ua2", "PDFUA-2-ISO32005",
      "wt1a", "WTPDF-1-0-Accessibility", "wt1r", "WTPDF-1-0-Reuse");

  private static final Map<String, ValidationProfile> READ = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] parts = order.split("\t", 2);
      answer(parts[0], parts[1]);
      System.out.println();
      System.out.flush();
    }
  }

  private static void answer(String flavourId, String file) {
    try {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
      try (PDFAParser parser = Foundries.defaultInstance()
          .createParser(new FileInputStream(file), flavour)) {
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(profile(flavourId), false);
        report(validator.validate(parser));
      }
    } catch (Exception | StackOverflowError problem) {
      System.out.println("ERROR\t" + oneLine(String.valueOf(problem)));
    }
  }

  /** A flavour's rules, read once: they take longer to read than a leaflet to judge. */
  private static ValidationProfile profile(String flavourId) throws Exception {
    if (!READ.containsKey(flavourId)) {
      READ.put(flavourId, read(flavourId));
    }
    return READ.get(flavourId);
  }

  private static ValidationProfile read(String flavourId) throws Exception {
    String name = PROFILES.getOrDefault(flavourId, "PDFA-" + flavourId.toUpperCase());
    return Profiles.profileFromXml(PDFAFlavour.class.getResourceAsStream(
        "/org/verapdf/pdfa/validation/" + name + ".xml"));
  }

  private static void report(ValidationResult result) {
    System.out.println(result.isCompliant() ? "PASS" : "FAIL");
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> messages = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        counts.merge(rule, 1, Integer::sum);
        messages.putIfAbsent(rule, oneLine(assertion.getMessage()));
      }
    }
    counts.forEach((rule, count) ->
        System.out.println(rule + "\t" + count + "\t" + messages.get(rule)));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
