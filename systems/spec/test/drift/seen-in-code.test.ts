import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('is quiet where a local variable of Java has the type of its value [SPEC-DRIFT-02]', async () => {
  const service = (type: string) => ({
    'src/main/java/pier/Docks.java': `package pier;
public interface Docks { Dock byCode(String code); }
`,
    'src/main/java/pier/Dock.java': `package pier;
public class Dock {
  private int berths;
  public int getBerths() { return berths; }
}
`,
    'src/main/java/pier/DockDesk.java': `package pier;
import jakarta.ws.rs.*;
@Path("/docks")
public class DockDesk {
  private Docks docks;
  @GET @Path("/{code}")
  public Dock show(@PathParam("code") String code) {
    ${type} dock = docks.byCode(code);
    if (dock == null) throw new NotFoundException("No such dock");
    if (dock.getBerths() < 1) throw new BadRequestException("The dock is closed");
    return dock;
  }
}
`,
  })
  const [before, after] = [await extractFiles(service('Dock')), await extractFiles(service('var'))]
  expect(factsOf(before.set.facts, 'error').map(({ status }) => status)).toContain(400)
  expect(compareFacts(before.set.facts, after.set.facts).drifts).toEqual([])
})

test("sees that a method of a bean asks no more for a role, and nothing of a bean's own calls [SPEC-DRIFT-01]", async () => {
  const service = (rule: string, settings = '@EnableMethodSecurity') => ({
    'src/main/java/pier/Settings.java': `package pier;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
@Configuration
${settings}
public class Settings {}
`,
    'src/main/java/pier/Docks.java': `package pier;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
@Service
public class Docks {
  private Berths berths;
  ${rule}
  public void close(String code) { note(code); berths.close(code); }
  @PreAuthorize("hasRole('CLERK')")
  public void note(String code) { berths.note(code); }
}
`,
    'src/main/java/pier/DockDesk.java': `package pier;
import org.springframework.web.bind.annotation.*;
@RestController
public class DockDesk {
  private final Docks docks;
  public DockDesk(Docks docks) { this.docks = docks; }
  @DeleteMapping("/docks/{code}")
  public void close(@PathVariable String code) { docks.close(code); }
}
`,
  })
  const rule = '@PreAuthorize("hasRole(\'HARBOUR_MASTER\')")'
  const refusals = async (...given: Parameters<typeof service>) =>
    factsOf((await extractFiles(service(...given))).set.facts, 'error').map(
      ({ status, condition }) =>
        `${status} ${condition
          .flat()
          .map(({ subject }) => subject)
          .join()}`,
    )
  expect((await refusals(rule)).toSorted()).toEqual(['401 @caller', "403 hasRole('HARBOUR_MASTER')"])
  expect(await refusals('')).toEqual([])
  expect(await refusals(rule, '')).toEqual([])
})
