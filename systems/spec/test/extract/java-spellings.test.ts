import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function told(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [
    ...factsOf(set.facts, 'parameter'),
    ...factsOf(set.facts, 'guard'),
    ...factsOf(set.facts, 'error'),
  ].flatMap((one) => (one.grade === 'open' ? [] : [sayFact(one, titles.get(one.operation) ?? '')]))
}

test('Dropwizard takes constants of an enum in other spellings too, and refuses any other with 400 [SPEC-PACKS-02]', async () => {
  expect(
    await told({
      'pom.xml': '<project><artifactId>dropwizard-core</artifactId></project>',
      'src/main/java/mine/App.java': `package mine;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
public class App extends Application<Configuration> {
  public void run(Configuration configuration, Environment environment) { environment.jersey().register(new Shafts()); }
}
`,
      'src/main/java/mine/Ore.java': 'package mine;\npublic enum Ore { IRON_OXIDE, TIN }\n',
      'src/main/java/mine/Shafts.java': `package mine;
import jakarta.ws.rs.*;
@Path("/shafts")
public class Shafts {
  @GET public String all(@QueryParam("ore") Ore ore) { return "shafts"; }
}
`,
    }),
  ).toEqual([
    'WHEN a client sends GET /shafts, the service SHALL take the query parameter ore.',
    'IF, for GET /shafts, the request does not fit what is declared, THEN the service SHALL answer 400.',
  ])
})

test('how who is not signed in is refused is not told where Spring asks before for what shows it [SPEC-EXTRACT-06]', async () => {
  const guards = async (annotation: string) =>
    (
      await told({
        'pom.xml': '<project><artifactId>spring-boot-starter-web</artifactId></project>',
        'src/main/java/mine/Shafts.java': `package mine;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestController
public class Shafts {
  private Tokens tokens;
  @GetMapping("/shafts")
  public ResponseEntity<?> all(${annotation} String token) {
    if (!tokens.isKnown(token)) return ResponseEntity.status(401).build();
    return ResponseEntity.ok("shafts");
  }
}
`,
      })
    ).filter((one) => one.includes('not signed in'))
  expect(await guards('@RequestHeader("Authorization")')).toEqual([
    'WHEN a client sends GET /shafts, the service SHALL refuse a caller who is not signed in.',
  ])
  expect(
    await guards(
      '@RequestHeader("Authorization") String header, @CookieValue(value = "token", required = false)',
    ),
  ).toEqual(['WHEN a client sends GET /shafts, the service SHALL refuse a caller who is not signed in.'])
  expect(await guards('@RequestHeader(value = "Authorization", required = false)')).toEqual([
    'WHEN a client sends GET /shafts, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('an advice takes no class of another package that is called as the one that it names [SPEC-EXTRACT-06]', async () => {
  const advised = async (named: string) =>
    (
      await told({
        'pom.xml': '<project><artifactId>spring-boot-starter-security</artifactId></project>',
        'src/main/java/mine/Rules.java': `package mine;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
@EnableMethodSecurity
public class Rules {
  @Bean public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.csrf(one -> one.disable()).authorizeHttpRequests(all -> all.anyRequest().permitAll()).build();
  }
}
`,
        'src/main/java/mine/Advice.java': `package mine;
import ${named};
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Advice {
  @ExceptionHandler(AccessDeniedException.class)
  public ResponseEntity<?> denied(AccessDeniedException ex) { return ResponseEntity.status(423).build(); }
}
`,
        'src/main/java/mine/Shafts.java': `package mine;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
@RestController
public class Shafts {
  @PreAuthorize("hasRole('MINER')")
  @DeleteMapping("/shafts") public String fill() { return "filled"; }
}
`,
      })
    ).some((one) => one.includes('423'))
  expect(await advised('java.nio.file.AccessDeniedException')).toBe(false)
  expect(await advised('org.springframework.security.access.AccessDeniedException')).toBe(true)
})

test('the id of a stored thing is never missing [SPEC-EXTRACT-06]', async () => {
  const errors = (
    await told({
      'pom.xml': '<project><artifactId>quarkus-rest</artifactId></project>',
      'src/main/java/mine/Miner.java': `package mine;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.*;
@Entity
public class Miner extends PanacheEntityBase {
  @Id public Long number;
  public Long lamp;
}
`,
      'src/main/java/mine/Shafts.java': `package mine;
import jakarta.ws.rs.*;
@Path("/shafts")
public class Shafts {
  @GET @Path("/{name}") public String one(@PathParam("name") String name) {
    Long number = numberOf(name);
    if (number == null) throw new NotFoundException();
    return "shaft";
  }
  private Long numberOf(String name) {
    Miner miner = Miner.find("name", name).firstResult();
    if (miner == null) return null;
    return miner.number;
  }
}
`,
    })
  ).filter((one) => one.startsWith('IF'))
  expect(errors).toEqual([
    'IF, for GET /shafts/{name}, `Miner.find("name", path.name).firstResult()` is missing, THEN the service SHALL answer 404.',
  ])
})
