import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const pom = (more = '') =>
  `<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency>${more}</project>`
const web = 'import org.springframework.http.*;\nimport org.springframework.web.bind.annotation.*;'

test("constants of enums by their names are the roles that Spring's rules ask for [SPEC-EXTRACT-06]", async () => {
  const { set } = await extractFiles({
    'pom.xml': pom('<dependency><artifactId>spring-boot-starter-security</artifactId></dependency>'),
    'src/main/java/hut/Rank.java': 'package hut;\npublic enum Rank { WARDEN, GUEST }\n',
    'src/main/java/hut/Rules.java': `package hut;
import org.springframework.context.annotation.*;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import static hut.Rank.*;

@Configuration
class Rules {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        http.csrf(c -> c.disable()).authorizeHttpRequests(all -> all
            .requestMatchers("/bunks/**").hasAnyAuthority(WARDEN.name(), Rank.GUEST.name())
            .anyRequest().authenticated());
        return http.build();
    }
}
`,
    'src/main/java/hut/Bunks.java': `package hut;
${web}

@RestController
class Bunks {
    @GetMapping("/bunks")
    String all() { return "bunks"; }
}
`,
  })
  expect(factsOf(set.facts, 'guard').map(({ roles }) => roles)).toEqual([['GUEST', 'WARDEN']])
})

const boats = `package lake;
${web}

@RestController
class Boats {
    @GetMapping("/boats/{id}")
    String one(@PathVariable Long id) {
        if (id > 9) throw new Sunk("sunk");
        if (id > 8) throw new Leased(2);
        if (id > 7) throw new Leased(1);
        return "boat";
    }

    @PostMapping("/boats")
    String add(@RequestBody Boat boat) { return "boat"; }
}
record Boat(String name) {}
class Sunk extends RuntimeException { Sunk(String text) { super(text); } }
class Leased extends RuntimeException {
    final int days;
    Leased(int days) { this.days = days; }
}
`

test('a switch asks what its subject is, where cases are patterns, and what they are guarded by [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom(),
    'src/main/java/lake/Boats.java': boats,
    'src/main/java/lake/Errors.java': `package lake;
${web}

@RestControllerAdvice
class Errors {
    @ExceptionHandler({ Sunk.class, Leased.class })
    ResponseEntity<String> any(RuntimeException e) {
        return switch (e) {
            case Sunk sunk -> ResponseEntity.status(HttpStatus.GONE).body(sunk.getMessage());
            case Leased leased when leased.days > 1 -> ResponseEntity.status(423).build();
            case Leased leased -> ResponseEntity.status(409).build();
            default -> ResponseEntity.badRequest().build();
        };
    }
}
`,
  })
  const told = factsOf(set.facts, 'error').flatMap(({ status, raisedBy, grade }) =>
    raisedBy === 'Spring' ? [] : [`${status} ${raisedBy} ${grade}`],
  )
  expect(told.toSorted()).toEqual(['409 Leased proved', '410 Sunk proved', '423 Leased proved'])
})

test('what Spring itself raises of a request is answered by an advice for any error, where that is the only one [SPEC-PACKS-01]', async () => {
  const extraction = await extractFiles({
    'pom.xml': pom(),
    'src/main/java/lake/Boats.java': boats,
    'src/main/java/lake/Errors.java': `package lake;
${web}

@RestControllerAdvice
class Errors {
    @ExceptionHandler(Exception.class)
    ResponseEntity<String> any(Exception e) {
        return new ResponseEntity<>(e.getMessage(), HttpStatus.INTERNAL_SERVER_ERROR);
    }
}
`,
  })
  const told = factsOf(extraction.set.facts, 'error').filter(({ raisedBy }) => raisedBy === 'Spring')
  expect(told.map(({ status, grade }) => `${status} ${grade}`)).toEqual(['500 framework', '500 framework'])
  expect(summarize(extraction).statuses['POST /boats']).toEqual([200, 500])
})

test('texts that are known are compared whatever their case, and looked for among those of a list [SPEC-EXTRACT-06]', async () => {
  const { statuses } = summarize(
    await extractFiles({
      'pom.xml': pom(),
      'src/main/java/hut/Bunks.java': `package hut;
import java.util.List;
${web}

@RestController
class Bunks {
    private static final List<String> KINDS = List.of("loft", "cave");

    @GetMapping("/bunks")
    ResponseEntity<String> all() { return of("cave"); }

    @GetMapping("/tents")
    ResponseEntity<String> tents() { return of("TENT"); }

    private ResponseEntity<String> of(String kind) {
        if ("tent".equalsIgnoreCase(kind)) return ResponseEntity.status(410).build();
        if (!KINDS.contains(kind)) return ResponseEntity.status(409).build();
        return ResponseEntity.ok(kind);
    }
}
`,
    }),
  )
  expect(statuses).toEqual({ 'GET /bunks': [200], 'GET /tents': [410] })
})

test('what is only declared to be of a class may be of one that extends it, in a switch as elsewhere [SPEC-EXTRACT-06]', async () => {
  const { statuses } = summarize(
    await extractFiles({
      'pom.xml': pom(),
      'src/main/java/hut/Stays.java': `package hut;
import org.springframework.data.jpa.repository.JpaRepository;
${web}

@RestController
class Stays {
    private final StayStore store;
    Stays(StayStore store) { this.store = store; }

    @PostMapping("/stays")
    ResponseEntity<String> add(@RequestBody Night night) {
        Stay saved = store.save(night);
        String text = switch (saved) {
            case Night one -> "night";
            case Week one -> "week";
            default -> throw new IllegalStateException("neither");
        };
        return ResponseEntity.status(HttpStatus.CREATED).body(text);
    }
}
abstract class Stay {}
class Night extends Stay {}
class Week extends Stay {}
interface StayStore extends JpaRepository<Stay, Long> {}
`,
    }),
  )
  expect(statuses['POST /stays']).toContain(201)
})

test('what is of neither of two classes is told with both [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom(),
    'src/main/java/hut/Stays.java': `package hut;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.server.ResponseStatusException;
${web}

@RestController
class Stays {
    private final StayStore store;
    Stays(StayStore store) { this.store = store; }

    @GetMapping("/stays/first")
    String one() {
        Stay stay = store.findFirst();
        if (stay instanceof Night) return "night";
        else if (stay instanceof Week) return "week";
        else throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Neither.");
    }
}
abstract class Stay {}
class Night extends Stay {}
class Week extends Stay {}
interface StayStore extends JpaRepository<Stay, Long> { Stay findFirst(); }
`,
  })
  expect(factsOf(set.facts, 'error').map(({ condition }) => condition)).toEqual([
    [
      [
        { subject: 'store.findFirst() instanceof Night', op: 'false' },
        { subject: 'store.findFirst() instanceof Week', op: 'false' },
      ],
    ],
  ])
})

test('a class of the repository that is named as a wrapper of a framework is a body itself [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom(),
    'src/main/java/hut/RestResponse.java': `package hut;
public record RestResponse<T>(int code, T data) {}
`,
    'src/main/java/hut/Named.java': `package hut;
public record Named(String name) {}
`,
    'src/main/java/hut/Bunks.java': `package hut;
${web}

@RestController
class Bunks {
    @GetMapping("/bunks/first")
    RestResponse<Named> one() { return new RestResponse<>(200, new Named("a")); }

    @GetMapping("/bunks/last")
    ResponseEntity<Named> last() { return ResponseEntity.ok(new Named("z")); }
}
`,
  })
  const shapes = factsOf(set.facts, 'response').map(({ shape }) =>
    'name' in shape ? shape.name : shape.type,
  )
  expect(shapes.toSorted()).toEqual(['Named', 'RestResponseOfNamed'])
})
