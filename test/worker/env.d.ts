declare namespace Cloudflare {
  interface GlobalProps {
    readonly mainModule: typeof import('../../worker/index.ts');
  }
}
