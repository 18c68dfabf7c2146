import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../panel/card.css';
import './dashboard.css';
import { render } from 'preact';
import { startPage } from '../../page/start-page.ts';
import { Dashboard } from './Dashboard.tsx';

const root = document.querySelector('#root');
if (root) {
  void startPage(document).then((page) => {
    render(<Dashboard page={page} />, root);
  });
}
