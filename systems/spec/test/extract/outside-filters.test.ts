import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const questionsOf = async (type: string, bean = '@Bean') => {
  const { set } = await extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    'src/main/java/yard/Carts.java': `package yard;
import org.springframework.web.bind.annotation.*;
@RestController
public class Carts {
  @GetMapping("/carts") public String all() { return "all"; }
}
`,
    'src/main/java/yard/Own.java': `package yard;
import jakarta.servlet.*;
public class OwnFilter implements Filter {
  @Override public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws java.io.IOException, ServletException { chain.doFilter(request, response); }
}
`,
    'src/main/java/yard/Config.java': `package yard;
import net.fence.TurnstileFilter;
import net.fence.RequestLogFilter;
import org.springframework.context.annotation.*;
import org.springframework.web.filter.CharacterEncodingFilter;
@Configuration
public class Config {
  ${bean} public ${type} gate() { return new ${type}(); }
}
`,
  })
  return set.questions.map(({ text }) => text)
}

test('whom a filter of a library refuses that is a bean is asked, not of those that let everybody pass [SPEC-PACKS-01]', async () => {
  expect(await questionsOf('TurnstileFilter')).toEqual(['Whom does the filter `TurnstileFilter` refuse?'])
  expect(await questionsOf('TurnstileFilter', '')).toEqual([])
  for (const type of ['RequestLogFilter', 'CharacterEncodingFilter', 'OwnFilter'])
    expect(await questionsOf(type)).toEqual([])
})
