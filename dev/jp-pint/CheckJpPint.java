import com.helger.diagnostics.error.list.ErrorList;
import com.helger.diagnostics.error.list.IErrorList;
import com.helger.io.resource.FileSystemResource;
import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.peppol.PeppolValidationPint;
import com.helger.phive.peppol.PeppolValidationPintJP;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import com.helger.ubl21.UBL21Marshaller;
import java.io.File;
import java.util.Locale;

/**
 * Prints "CHECKED file" for each file and "ERROR file what" for everything that the schema of UBL 2.1 and the rules of
 * JP PINT 1.1.2 have against it.
 */
public class CheckJpPint {
  public static void main(String[] files) {
    var registry = new ValidationExecutorSetRegistry<IValidationSourceXML>();
    PeppolValidationPint.init(registry);
    PeppolValidationPintJP.init(registry);
    var rules = registry.getOfID(PeppolValidationPintJP.VID_OPENPEPPOL_JP_PINT_INVOICE_1_1_2);
    for (String file : files) {
      var schemaErrors = new ErrorList();
      UBL21Marshaller.invoice().setCollectErrors(schemaErrors).read(new File(file));
      print(file, schemaErrors);
      var source = ValidationSourceXML.create(new FileSystemResource(new File(file)));
      var results = ValidationExecutionManager.executeValidation(
          IValidityDeterminator.createDefault(), rules, source, Locale.ENGLISH);
      for (var result : results) print(file, result.getErrorList());
      System.out.println("CHECKED " + file);
    }
  }

  private static void print(String file, IErrorList errors) {
    for (var error : errors) {
      if (error.isError()) System.out.println("ERROR " + file + " " + error.getErrorText(Locale.ENGLISH));
    }
  }
}
