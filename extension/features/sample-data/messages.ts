export type SampleDataMessages = {
  'sample.load': [Record<string, never>, { readonly clients: number }];
  'sample.remove': [Record<string, never>, { readonly clients: number }];
};
