package port;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
public class WebConfig implements WebMvcConfigurer {
    private final HarbourInterceptor harbour;

    public WebConfig(HarbourInterceptor harbour) {
        this.harbour = harbour;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(harbour).addPathPatterns("/berths/**").excludePathPatterns("/berths/open");
    }

    @Bean
    public FilterRegistrationBean<StormFilter> storm() {
        FilterRegistrationBean<StormFilter> bean = new FilterRegistrationBean<>(new StormFilter());
        bean.addUrlPatterns("/quays/*");
        return bean;
    }
}
