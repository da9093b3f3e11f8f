import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Holds PDF files against veraPDF's profiles: Validate PDFUA_1,PDFA_3_A FILE… Exit 1 when one fails. */
public class Validate {
    private static final int MOST_FAILURES = 2000;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean all = true;
        for (int i = 1; i < arguments.length; i++) {
            for (String profile : arguments[0].split(",")) {
                all &= passes(new File(arguments[i]), PDFAFlavour.valueOf(profile));
            }
        }
        System.exit(all ? 0 : 1);
    }

    /** Prints one line a file and profile, then each broken rule with its count and first place. */
    private static boolean passes(File file, PDFAFlavour profile) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile);
             PDFAValidator validator = Foundries.defaultInstance()
                 .createValidator(profile, MOST_FAILURES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s %s %s%n", result.isCompliant() ? "pass" : "FAIL", profile.getId(), file);
            Map<RuleId, TestAssertion> broken = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    broken.putIfAbsent(assertion.getRuleId(), assertion);
                }
            }
            broken.forEach((rule, first) -> System.out.printf("  %s-%d, %d times: %s%n    at %s%n",
                rule.getClause(), rule.getTestNumber(), result.getFailedChecks().get(rule),
                first.getMessage(), first.getLocation().getContext()));
            return result.isCompliant();
        } catch (Exception error) {
            System.out.printf("FAIL %s %s: %s%n", profile.getId(), file, error);
            return false;
        }
    }
}
