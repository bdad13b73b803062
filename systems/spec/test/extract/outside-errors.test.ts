import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test.each([
  ['its constructor', 'new Refusal(Wrong.GONE)'],
  ['a builder', 'Refusal.make().because(Wrong.GONE).done()'],
])(
  'what an error of a library is made with, which stands for a status, is asked where nothing is seen to take it: by %s [SPEC-EXTRACT-06]',
  async (_by, made) => {
    const { set } = await extractFiles({
      'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
      'src/main/java/desk/Wrong.java': `package desk;
import static jakarta.servlet.http.HttpServletResponse.*;
import lib.outside.Reason;
public enum Wrong implements Reason {
  FULL(91001, "No room", SC_CONFLICT),
  GONE(91002, "Not there", SC_NOT_FOUND);
  private final Reason inner;
  Wrong(Reason inner) { this.inner = inner; }
  Wrong(int code, String text, int status) { this(new lib.outside.PlainReason(code, text, status)); }
}
`,
      'src/main/java/desk/Loans.java': `package desk;
import lib.outside.Refusal;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  private Shelf shelf;
  @GetMapping("/loans/{id}")
  public String loan(@PathVariable String id) {
    if (!shelf.has(id)) throw ${made};
    return shelf.get(id);
  }
}
`,
    })
    expect(factsOf(set.facts, 'error').map(({ status, grade }) => [status, grade])).toEqual([[404, 'open']])
    expect(set.questions.some(({ text }) => text.includes('answer 404'))).toBe(true)
  },
)
