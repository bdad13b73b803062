import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>quay</artifactId><version>1</version>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>`

const quay = (asked: string) => `package com.example.quay;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

@SpringBootApplication
public class Quay {}

@Component
class Gate extends OncePerRequestFilter {
    private static final List<String> OPEN = List.of("/tides/", "/weather");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        String path = request.getRequestURI();
        if (${asked}) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getHeader("X-Key") == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        chain.doFilter(request, response);
    }
}

@RestController
class Tides {
    @GetMapping("/tides/{day}")
    String tide(@PathVariable String day) {
        return day;
    }

    @GetMapping("/weather")
    String weather() {
        return "fair";
    }

    @GetMapping("/berths/{id}")
    String berth(@PathVariable String id) {
        return id;
    }
}
`

test.each([
  'OPEN.stream().anyMatch(path::startsWith)',
  'OPEN.stream().anyMatch(open -> path.startsWith(open))',
  '!OPEN.stream().allMatch(open -> !path.startsWith(open))',
])('a filter of Java that leaves out paths by %s refuses nobody there [SPEC-EXTRACT-06]', async (asked) => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/com/example/quay/Quay.java': quay(asked),
  })
  const told = set.facts.flatMap((one) => (one.kind === 'error' && one.status === 401 ? [one] : []))
  const of = set.facts.flatMap((one) =>
    one.kind === 'operation' && told.some(({ operation }) => operation === one.id) ? [one.path] : [],
  )
  expect(of).toEqual(['/berths/{id}'])
  expect(told.map((one) => sayFact(one, 'it'))).toEqual([
    'IF, for it, the header X-Key is missing, THEN the service SHALL answer 401.',
  ])
})
