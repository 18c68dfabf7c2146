import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../panel/card.css';
import '../../features/palette/palette.css';
import './sidepanel.css';
import { render } from 'preact';
import { startPage } from '../../page/start-page.ts';
import { SidePanel } from './SidePanel.tsx';

const root = document.querySelector('#root');
if (root) {
  void startPage(document).then((page) => {
    render(<SidePanel page={page} />, root);
  });
}
