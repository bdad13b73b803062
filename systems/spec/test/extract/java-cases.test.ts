import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const java = (name: string, body: string) => ({
  [`src/main/java/fleet/${name}.java`]: `package fleet;\n${body}`,
})

const error = (name: string, status: string) =>
  java(
    name,
    `import org.springframework.http.HttpStatus;
public class ${name} extends Refused { public ${name}(String text) { super(HttpStatus.${status}, text); } }
`,
  )

const fleet = (kinds: string, choice: string) =>
  extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    ...java(
      'Desk',
      `import org.springframework.web.bind.annotation.*;
@RestController
public class Desk {
  private final Boats boats;
  @GetMapping("/boats/{name}")
  public Boat one(@PathVariable("name") String name) {
    return boats.find(name).orElseThrow(() -> Refusals.of(BoatTrouble.SUNK));
  }
}
`,
    ),
    ...java('Boats', 'interface Boats { java.util.Optional<Boat> find(String name); }\nclass Boat {}\n'),
    ...java('Kind', kinds),
    ...java('Trouble', 'public interface Trouble { String getText(); Kind getKind(); }\n'),
    ...java(
      'BoatTrouble',
      `import lombok.Getter;
@Getter
public enum BoatTrouble implements Trouble {
  SUNK("It lies on the ground.", Kind.LOST), OUT("It is out.", Kind.CLASH);
  private final String text;
  private final Kind kind;
  BoatTrouble(String text, Kind kind) { this.text = text; this.kind = kind; }
}
`,
    ),
    ...java('Refusals', `public class Refusals {\n${choice}\n}\n`),
    ...java(
      'Refused',
      `import org.springframework.http.HttpStatus;
import lombok.Getter;
@Getter
public abstract class Refused extends RuntimeException {
  private final HttpStatus status;
  protected Refused(HttpStatus status, String text) { super(text); this.status = status; }
}
`,
    ),
    ...error('AwayRefused', 'GONE'),
    ...error('LostRefused', 'NOT_FOUND'),
    ...error('ClashRefused', 'CONFLICT'),
    ...java(
      'Refusing',
      `import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Refusing {
  @ExceptionHandler(Refused.class)
  public ResponseEntity<String> refused(Refused e) {
    return ResponseEntity.status(e.getStatus()).body(e.getMessage());
  }
}
`,
    ),
  })

const expression = `  public static Refused of(Trouble trouble) {
    String text = trouble.getText();
    return switch (trouble.getKind()) {
      case AWAY -> new AwayRefused(text);
      case LOST -> new LostRefused(text);
      case CLASH -> new ClashRefused(text);
    };
  }`
const statement = `  public static Refused of(Trouble trouble) {
    switch (trouble.getKind()) {
      case AWAY: return new AwayRefused(trouble.getText());
      case LOST: return new LostRefused(trouble.getText());
      default: return new ClashRefused(trouble.getText());
    }
  }`
const plain = 'public enum Kind { AWAY, LOST, CLASH }\n'
const made = `public enum Kind {
  AWAY(1), LOST(2), CLASH(3);
  private final int order;
  Kind(int order) { this.order = order; }
}
`

test.each([
  [plain, expression],
  [plain, statement],
  [made, expression],
  [made, statement],
])('a case of a known constant is the only one that comes [SPEC-PACKS-01]', async (kinds, choice) => {
  const { set } = await fleet(kinds, choice)
  const errors = factsOf(set.facts, 'error')
  expect(errors.map(({ grade, status, message }) => `${grade} ${status} ${message}`)).toEqual([
    'proved 404 It lies on the ground.',
  ])
})
