import { beforeAll, expect, test } from 'vitest'
import type { Extraction } from '../../src/extract/extract-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const spring = `package kiln;
import org.springframework.web.bind.annotation.*;
import org.springframework.http.*;
import java.io.*;
import java.security.*;
import java.util.*;
`
const kilns = `${spring}
@RestController
@RequestMapping("/kilns")
public class KilnDesk {
  private KilnStore store;
  private Glazes glazes;
  @DeleteMapping("/{id}")
  public ResponseEntity<String> drop(@PathVariable String id) {
    if (Objects.isNull(store.find(id))) return ResponseEntity.notFound().build();
    try {
      MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      return ResponseEntity.status(501).build();
    }
    StringWriter text = new StringWriter();
    try {
      text.append(id);
    } catch (IOException e) {
      return ResponseEntity.status(502).build();
    }
    try {
      glazes.scrape(id);
    } catch (IOException e) {
      return ResponseEntity.status(503).build();
    }
    return ResponseEntity.noContent().build();
  }
  @PostMapping("/{id}/fire")
  public ResponseEntity<String> fire(@PathVariable String id) {
    return store.find(id)
      .map(kiln -> {
        if (glazes.isWet(id)) return ResponseEntity.status(HttpStatus.CONFLICT).body("Wet");
        return ResponseEntity.ok("Fired");
      })
      .orElseGet(() -> ResponseEntity.notFound().build());
  }
  @GetMapping("/{id}/heat")
  public int heat(@PathVariable String id) {
    Kiln kiln = store.find(id).orElseThrow(() -> new KilnGoneException("No kiln " + id));
    check(store.find(id).orElseThrow().getShelfCount());
    if (store.broken(id)) throw new KilnGoneException(new IllegalStateException("Cracked"));
    return 1;
  }
  @GetMapping("/{id}/label/{name:.*}")
  public String label(@PathVariable String id, @PathVariable String name) {
    if (org.springframework.util.StringUtils.isEmpty(id)) throw new KilnGoneException("Name it");
    if (store.locked(id)) throw new LockedKilnException("Locked by " + id);
    if (store.hot(id)) throw new HotKilnException("Hot: " + id);
    return name;
  }
  private void check(Integer shelves) {
    if (shelves == null) throw new KilnGoneException("No shelves", null);
  }
  @ExceptionHandler(LockedKilnException.class)
  @ResponseStatus(HttpStatus.LOCKED)
  public String locked(LockedKilnException e) {
    log.warn("locked", e);
    return "Somebody has it";
  }
  @ExceptionHandler(HotKilnException.class)
  public ResponseEntity<Note> hot(HotKilnException e) {
    LOG.info("hot; wait", e);
    return ResponseEntity.status(503).body(Note.later());
  }
}
`
const springFiles = {
  'pom.xml': '<project><artifactId>kiln</artifactId></project>',
  'src/main/resources/application.properties': 'server.error.include-message=always',
  'src/main/java/kiln/App.java': `package kiln;
@org.springframework.boot.autoconfigure.SpringBootApplication
public class App {}
`,
  'src/main/java/kiln/KilnDesk.java': kilns,
  'src/main/java/kiln/KilnStore.java': `package kiln;
import java.util.Optional;
public interface KilnStore { Optional<Kiln> find(String id); boolean broken(String id); boolean locked(String id); boolean hot(String id); }
`,
  'src/main/java/kiln/Kiln.java': `package kiln;
@lombok.Getter public class Kiln { private int shelfCount; }
`,
  'src/main/java/kiln/KilnGoneException.java': `package kiln;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
public class KilnGoneException extends ResponseStatusException {
  public KilnGoneException(Throwable cause) { super(HttpStatus.BAD_GATEWAY, "Gone", cause); }
  public KilnGoneException(String reason) { this(reason, null); }
  public KilnGoneException(String reason, Throwable cause) { super(HttpStatus.GONE, reason, cause); }
}
`,
  'src/main/java/kiln/LockedKilnException.java': `package kiln;
public class LockedKilnException extends RuntimeException { public LockedKilnException(String text) { super(text); } }
`,
  'src/main/java/kiln/HotKilnException.java': `package kiln;
public class HotKilnException extends RuntimeException { public HotKilnException(String text) { super(text); } }
`,
}
let read: Extraction
const errors = ({ set }: Extraction) =>
  factsOf(set.facts, 'error').flatMap((fact) => {
    const operation = factsOf(set.facts, 'operation').find(({ id }) => id === fact.operation)
    return operation && fact.grade !== 'open' ? [sayFact(fact, operationTitle(operation))] : []
  })

beforeAll(async () => {
  read = await extractFiles(springFiles)
})

test('an answer that is made of a thing that is there keeps what was asked of it [SPEC-EXTRACT-06]', () => {
  expect(errors(read).filter((one) => one.includes('/fire'))).toEqual([
    'IF, for POST /kilns/{id}/fire, `glazes.isWet(path.id)` holds and `store.find(path.id)` is there, THEN the service SHALL answer 409 with string and say "Wet".',
    'IF, for POST /kilns/{id}/fire, `store.find(path.id)` is missing, THEN the service SHALL answer 404.',
  ])
})

test('what no request brings about is asked, and a thing that is asked for being null is missing [SPEC-EXTRACT-06]', () => {
  const told = errors(read).filter((one) => one.includes('DELETE /kilns/{id},'))
  expect(told).toEqual([
    'IF, for DELETE /kilns/{id}, `store.find(path.id)` is missing, THEN the service SHALL answer 404.',
    expect.stringContaining('`glazes.scrape(path.id)` fails with `IOException`'),
  ])
  expect(told[1]).toContain('answer 503')
  expect(read.set.questions.map(({ text }) => text).join(' ')).toMatch(/DELETE .*501.*502/)
})

test('of several constructors that is followed which takes what is given, and one that calls another comes to that [SPEC-EXTRACT-06]', () => {
  const heat = errors(read).filter((one) => one.includes('/heat'))
  expect(heat.find((one) => one.includes('No kiln'))).toContain('answer 410')
  expect(heat.find((one) => one.includes('store.broken'))).toContain('answer 502')
})

test('a number is never missing, by whatever getter it comes [SPEC-EXTRACT-06]', () => {
  expect(errors(read).filter((one) => one.includes('No shelves'))).toEqual([])
})

test('a pattern of a part of a path of Spring takes that part alone, which is never empty [SPEC-EXTRACT-06]', () => {
  expect(factsOf(read.set.facts, 'operation').map(({ path }) => path)).toContain('/kilns/{id}/label/{name}')
  expect(errors(read).filter((one) => one.includes('Name it'))).toEqual([])
})

test('what an error says is told where its handler answers it, and else what the handler says [SPEC-EXTRACT-06]', () => {
  const label = errors(read).filter((one) => one.includes('/label'))
  expect(label.toSorted()).toEqual([
    'IF, for GET /kilns/{id}/label/{name}, `store.hot(path.id)` holds and `store.locked(path.id)` does not hold, THEN the service SHALL answer 503.',
    'IF, for GET /kilns/{id}/label/{name}, `store.locked(path.id)` holds, THEN the service SHALL answer 423 with string and say "Somebody has it".',
  ])
})

test('a parameter of JAX-RS that is made of a text has its own name, whatever its class holds [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>kiln</artifactId></project>',
    'src/main/java/kiln/App.java': `package kiln;
@jakarta.ws.rs.ApplicationPath("/")
public class App extends jakarta.ws.rs.core.Application {}
`,
    'src/main/java/kiln/Clays.java': `package kiln;
import jakarta.ws.rs.*;
@Path("/clays")
public class Clays {
  @GET
  public String of(@QueryParam("batch") Batch batch) { return "clay"; }
}
`,
    'src/main/java/kiln/Batch.java': `package kiln;
public class Batch { private final String value; public Batch(String value) { this.value = value; } public String getValue() { return value; } }
`,
  })
  expect(factsOf(set.facts, 'parameter').map(({ name }) => name)).toEqual(['batch'])
})

test('paths of Micronaut are read by each of their names, and what asks for anybody who is signed in names no role [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'build.gradle': 'dependencies { implementation("io.micronaut:micronaut-http") }',
    'src/main/java/kiln/Shelves.java': `package kiln;
import io.micronaut.http.annotation.*;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
@Controller
@Secured(SecurityRule.IS_AUTHENTICATED)
public class Shelves {
  @Post(value = "shelves/{id}")
  public String put(String id) { return id; }
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ path }) => path)).toEqual(['/shelves/{id}'])
  expect(factsOf(set.facts, 'guard').map(({ guard, roles }) => ({ guard, roles }))).toEqual([
    { guard: 'authentication', roles: [] },
  ])
})

test('a filter of JAX-RS is told the method of the operation, and what one before it says of the request is not known to be missing [SPEC-EXTRACT-06]', async () => {
  const filters = `package kiln;
import jakarta.annotation.Priority;
import jakarta.ws.rs.*;
import jakarta.ws.rs.container.*;
import org.glassfish.jersey.server.ContainerRequest;
`
  const desk = await extractFiles({
    'pom.xml': '<project><artifactId>kiln</artifactId></project>',
    'src/main/java/kiln/App.java': `package kiln;
import io.dropwizard.core.Application;
public class App extends Application<Settings> {}
`,
    'src/main/java/kiln/Pots.java': `package kiln;
import jakarta.ws.rs.*;
@Path("/pots")
public class Pots { @GET public String all() { return "pots"; } }
`,
    'src/main/java/kiln/Who.java': `${filters}
@Priority(Priorities.AUTHENTICATION)
@jakarta.ws.rs.ext.Provider public class Who implements ContainerRequestFilter {
  public void filter(ContainerRequestContext context) {
    if (!(context instanceof ContainerRequest)) return;
    if (HttpMethod.OPTIONS.equals(context.getMethod())) return;
    String key = context.getHeaderString("X-Key");
    if (key == null) throw new NotAuthorizedException("Show a key");
    context.setProperty("potter", key);
  }
}
`,
    'src/main/java/kiln/May.java': `${filters}
@Priority(Priorities.AUTHORIZATION)
@jakarta.ws.rs.ext.Provider public class May implements ContainerRequestFilter {
  public void filter(ContainerRequestContext context) {
    if (context.getProperty("potter") == null) throw new ForbiddenException("Nobody");
    if (context.getProperty("shift") == null) throw new ForbiddenException("Off shift");
  }
}
`,
  })
  const told = errors(desk).filter((one) => one.includes('/pots'))
  expect(told.filter((one) => one.includes('OPTIONS') || one.includes('instanceof'))).toEqual([])
  expect(told.some((one) => one.includes('the header X-Key is missing') && one.includes('401'))).toBe(true)
  expect(told.some((one) => one.includes('say "Nobody"'))).toBe(false)
  expect(told.some((one) => one.includes('say "Off shift"'))).toBe(false)
  expect(desk.set.questions.map(({ text }) => text).join(' ')).toContain('Nobody')
})

test('which status an advice gives that looks it up when it runs is asked, once for all that it takes [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'build.gradle': "implementation 'org.springframework.boot:spring-boot-starter-web'",
    'Docks.java': `${spring}
@RestController
public class Docks {
  private DockStore store;
  @GetMapping("/docks/{id}")
  public String dock(@PathVariable String id) {
    if (store.full(id)) throw new DockException(Trouble.FULL);
    return "free";
  }
  @DeleteMapping("/docks/{id}")
  public void drop(@PathVariable String id) {
    if (store.used(id)) throw new DockException(Trouble.USED);
  }
}
`,
    'DockException.java': `package kiln;
public class DockException extends RuntimeException {
  private final Trouble trouble;
  public DockException(Trouble trouble) { this.trouble = trouble; }
  public Trouble getTrouble() { return trouble; }
}
`,
    'Advice.java': `${spring}
@RestControllerAdvice
public class Advice {
  private Statuses statuses;
  @ExceptionHandler(DockException.class)
  public ResponseEntity<String> trouble(DockException e) {
    return new ResponseEntity<>("No", statuses.of(e.getTrouble()));
  }
}
`,
  })
  expect(set.questions.map(({ text, path }) => `${path}: ${text}`)).toEqual([
    'Advice.java: Which status does the answer of GET /docks/{id} and 1 more have?',
  ])
})
