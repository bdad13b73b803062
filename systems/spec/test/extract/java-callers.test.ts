import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function saidOf(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts.flatMap((fact) =>
    fact.kind === 'error' || fact.kind === 'guard' ? [sayFact(fact, titles.get(fact.operation) ?? '')] : [],
  )
}

test('what code outside gives may be of a class of the repository that it is asked for [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'src/main/java/orchard/Trees.java': `package orchard;
import java.util.*;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Trees {
  private Keepers keepers;
  @GetMapping("/trees/mine")
  public String mine() {
    if (!keepers.isKept()) throw new ResponseStatusException(HttpStatus.FORBIDDEN, "No keeper");
    return "ok";
  }
}
`,
    'src/main/java/orchard/Keepers.java': `package orchard;
import org.springframework.security.core.context.SecurityContextHolder;
public class Keepers {
  public boolean isKept() {
    return SecurityContextHolder.getContext().getAuthentication().getPrincipal() instanceof Keeper;
  }
}
`,
    'src/main/java/orchard/Keeper.java': 'package orchard;\npublic record Keeper(String name) {}\n',
  })
  expect(said).toEqual([
    'IF, for GET /trees/mine, `SecurityContextHolder.getContext().getAuthentication().getPrincipal() instanceof Keeper` does not hold, THEN the service SHALL answer 403 and say "No keeper".',
  ])
})

test('a filter that refuses what is shown and wrong lets pass who shows nothing [SPEC-EXTRACT-07]', async () => {
  const said = await saidOf({
    'src/main/java/orchard/Trees.java': `package orchard;
import org.springframework.web.bind.annotation.*;
@RestController
public class Trees {
  @GetMapping("/trees")
  public String all() { return "ok"; }
}
`,
    'src/main/java/orchard/BadgeFilter.java': `package orchard;
import jakarta.servlet.*;
import jakarta.servlet.http.*;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
@Component
public class BadgeFilter extends OncePerRequestFilter {
  private Badges badges;
  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    Optional<String> badge = Optional.ofNullable(request.getHeader("X-Badge")).filter(one -> one.startsWith("B"));
    if (badge.isPresent() && !badges.isValid(badge.get())) {
      response.setStatus(401);
      return;
    }
    chain.doFilter(request, response);
  }
}
`,
  })
  expect(said).toEqual([
    'WHEN a client sends GET /trees, the service SHALL take a caller who is signed in and one who is not.',
    'IF, for GET /trees, `badges.isValid(header.X-Badge.filter(…).get())` does not hold and `header.X-Badge.filter(…)` is there, THEN the service SHALL answer 401.',
  ])
})

test('what is set before a loop is left may be so after it [SPEC-EXTRACT-06]', async () => {
  const said = await saidOf({
    'src/main/java/orchard/Trees.java': `package orchard;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Trees {
  private Baskets baskets;
  @GetMapping("/trees/{id}")
  public String one(@PathVariable String id) {
    if (!isPicked(id)) throw new ResponseStatusException(HttpStatus.CONFLICT, "Not picked");
    return "ok";
  }
  private boolean isPicked(String id) {
    boolean picked = false;
    for (String one : baskets.all()) {
      if (one.equals(id)) {
        picked = true;
        break;
      }
    }
    return picked;
  }
}
`,
  })
  expect(said).toEqual([
    'IF, for GET /trees/{id}, `isPicked(path.id)` does not hold, THEN the service SHALL answer 409 and say "Not picked".',
  ])
})
