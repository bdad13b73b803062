import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'

test('a handler of Spring that does not write its body gives a page or sends elsewhere [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>loans</artifactId></project>',
    'src/main/java/loans/Pages.java': `package loans;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.servlet.ModelAndView;

@Controller
public class Pages {
  @GetMapping("/loans")
  public String list() { return "loans/list"; }

  @PostMapping("/loans")
  public String lend(@RequestParam String book) { return "redirect:/loans/" + book; }

  @GetMapping("/loans/{id}")
  public ModelAndView show(@PathVariable String id) { return new ModelAndView("loans/one"); }

  @GetMapping("/old")
  public void old(HttpServletResponse response) throws Exception { response.sendRedirect("/loans"); }

  @GetMapping("/count")
  @ResponseBody
  public String count() { return "3"; }
}
`,
    'src/main/java/loans/Moved.java': `package loans;

import org.springframework.web.bind.annotation.*;
import org.springframework.web.servlet.view.RedirectView;

@RestController
public class Moved {
  @GetMapping("/moved")
  public RedirectView moved() { return new RedirectView("/loans"); }
}
`,
  })
  const titles = new Map(
    factsOf(set.facts, 'operation').map((operation) => [operation.id, operationTitle(operation)]),
  )
  expect(
    factsOf(set.facts, 'response')
      .map((fact) => sayFact(fact, titles.get(fact.operation) ?? ''))
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "WHEN a client sends GET /count, the service SHALL answer 200 with string.",
      "WHEN a client sends GET /loans, the service SHALL answer 200.",
      "WHEN a client sends GET /loans/{id}, the service SHALL answer 200.",
      "WHEN a client sends GET /moved, the service SHALL answer 302.",
      "WHEN a client sends GET /old, the service SHALL answer 302.",
      "WHEN a client sends POST /loans, the service SHALL answer 302.",
    ]
  `)
})
